package io.hilum.sink;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.Disclaimer;
import io.hilum.contracts.event.Priority;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The pages in a real browser. */
@QuarkusTest
@QuarkusTestResource(House.class)
class PageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    DataSource database;

    @BeforeEach
    void beginAnEmptyNight() throws Exception {
        Client.awaitReady();
        TestTables.run(database, "truncate study, dead_letter, poison_record, model_status cascade");
    }

    @Test
    void worklistIsOrderedLiveInertAndShowsTheHeatMap() throws Exception {
        try (Browser browser = new Browser(1600, 950, "dark"); Topical topical = new Topical()) {
            browser.open("/");
            await().atMost(PATIENCE).until(() -> browser.one("#connection-text").getText().equals("Live"));
            await().atMost(PATIENCE).until(() -> browser.one("#empty").getText().contains("No study"));
            browser.picture("worklist-empty");

            NightShift.publish(topical);
            await().atMost(PATIENCE).until(() -> browser.all("#studies tr").size() == 9
                    && browser.all("#studies tr[data-outcome=WAITING]").size() == 1
                    && browser.all("#studies tr[data-priority=STAT]").size() == 2);
            orderedByPriorityThenWaiting(browser);
            hostileNameIsOnlyAName(browser);
            newStatIsSaidWithoutReload(browser, topical);
            keysOpenAStudyWithItsHeatMap(browser);
            outOfScopeIsNotNoFinding(browser);
            assertEquals(List.of(), browser.driver().manage().logs().get("browser").getAll().stream()
                    .map(entry -> entry.getMessage()).toList(), "the browser's console is silent");
        }
    }

    private static void orderedByPriorityThenWaiting(Browser browser) {
        assertEquals(List.of("Castellanos-Villanueva, Maria del Carmen", "Hargreaves, Dr Sam", "Brandt, Ole", "Diallo, Aminata",
                "Almeida, Teresa"), browser.texts("#studies a").subList(0, 5));
        assertTrue(browser.one("header").getText().contains(Disclaimer.TEXT));
    }

    private static void hostileNameIsOnlyAName(Browser browser) {
        assertTrue(browser.texts("#studies a").stream().anyMatch(name -> name.contains("<script>")));
        assertEquals(0, browser.all("#studies script, #studies img").size());
        assertFalse(browser.driver().getTitle().contains("owned"));
    }

    private static void newStatIsSaidWithoutReload(Browser browser, Topical topical) throws Exception {
        browser.script("window.notReloaded = true");
        topical.publish(Samples.study("1.9.20", "Ivanova^Olga", "P20", Duration.ofMinutes(2)));
        topical.publish(Samples.findings("1.9.20", 1, Priority.STAT, Duration.ofMinutes(2), 0.88, 0.2, 0.1, 0.1, 0.1));
        await().atMost(PATIENCE).until(() -> browser.all("#studies tr[data-study='1.9.20'][data-priority=STAT]").size() == 1);
        await().atMost(PATIENCE).until(() -> String.valueOf(browser.script("return document.getElementById('alert').textContent"))
                .contains("New STAT study"));
        assertEquals(true, browser.script("return window.notReloaded"));
        assertTrue(browser.driver().getTitle().startsWith("(3 STAT)"));
    }

    private static void keysOpenAStudyWithItsHeatMap(Browser browser) {
        browser.one("body").sendKeys(Keys.HOME, Keys.ARROW_DOWN, Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.all("#detail h2").size() == 1
                && browser.one("#detail h2").getText().equals("Hargreaves, Dr Sam"));
        await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(browser.script(
                "return [...document.querySelectorAll('.stage img')].length === 2"
                        + " && [...document.querySelectorAll('.stage img')].every(i => i.complete && i.naturalWidth === 512)")));
        assertTrue(browser.one("#heat").isDisplayed());
        assertEquals("0.0372", browser.one("#raw-maximum").getText());
        assertTrue(browser.one("#study-notice").getText().contains(Disclaimer.SYNTHETIC));
        assertTrue(browser.texts(".finding[data-decision=POSITIVE] .label").containsAll(List.of("Pneumothorax", "Effusion")));
        assertEquals(4, browser.all(".finding .tick").size(), "a label without operating point has no tick");
        browser.picture("study-dark");
        browser.one("body").sendKeys("h");
        assertFalse(browser.one("#heat").isDisplayed());
        browser.one("body").sendKeys("h");
    }

    private static void outOfScopeIsNotNoFinding(Browser browser) {
        assertEquals(1, browser.all("#studies .badge[data-outcome=OUT_OF_SCOPE]").size());
        assertEquals(1, browser.all("#studies .badge[data-outcome=NOT_SCORED]").size());
        assertEquals(2, browser.all("#studies .badge[data-outcome=NO_FINDING]").size());
    }

    @Test
    void administratorSeesEachRefusalAndEachModelWithItsReason() throws Exception {
        try (Browser browser = new Browser(1440, 1100, "dark"); Topical topical = new Topical()) {
            NightShift.publish(topical);
            browser.open("/admin.html");
            await().atMost(PATIENCE).until(() -> browser.all("#refused-rows tr").size() == 3
                    && browser.all("#model-rows tr").size() == 2);
            assertTrue(browser.one("#refused-rows").getText().contains("The pixel data ends after 1,204,224"));
            assertTrue(browser.one("#model-rows").getText().contains("has another SHA-256"));
            assertTrue(browser.one("header").getText().contains(Disclaimer.TEXT));
            browser.picture("administration");
        }
    }

    @Test
    void outageIsSaidOnThePageAndGoesAwayByItself() throws Exception {
        try (Browser browser = new Browser(1440, 900, "dark"); Topical topical = new Topical()) {
            NightShift.publish(topical);
            browser.open("/");
            await().atMost(PATIENCE).until(() -> browser.all("#studies tr").size() == 9);
            House.postgres().stop();
            browser.one("[name=q]").sendKeys("e");
            await().atMost(PATIENCE).until(() -> browser.one("#banner").getText().contains("The database does not answer"));
            assertEquals(9, browser.all("#studies tr").size(), "the list that there is stays readable");
            House.postgres().restart();
            await().atMost(PATIENCE).until(() -> !browser.one("#banner").isDisplayed());
        }
    }

    @Test
    void lightSchemeAndSmallScreenStayReadable() throws Exception {
        try (Browser browser = new Browser(1180, 900, "light"); Topical topical = new Topical()) {
            NightShift.publish(topical);
            browser.open("/#study=1.9.3");
            await().atMost(PATIENCE).until(() -> browser.all("#studies tr").size() == 9 && browser.all("#heat").size() == 1);
            browser.picture("study-light");
            assertEquals(false, browser.script("return document.documentElement.scrollWidth > window.innerWidth"));
        }
    }
}
