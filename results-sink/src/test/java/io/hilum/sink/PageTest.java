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

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
            await().atMost(PATIENCE).until(() -> browser.text("#connection-text").equals("Live"));
            await().atMost(PATIENCE).until(() -> browser.text("#empty").contains("No study"));
            browser.picture("worklist-empty");

            NightShift.publish(topical);
            await().atMost(PATIENCE).until(() -> browser.count("#studies tr") == 9
                    && browser.count("#studies tr[data-outcome=WAITING]") == 1
                    && browser.count("#studies tr[data-priority=STAT]") == 2);
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
        // Names come by another topic than findings.
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(List.of("Castellanos-Villanueva, Maria del Carmen",
                "Hargreaves, Dr Sam", "Brandt, Ole", "Diallo, Aminata", "Almeida, Teresa"), browser.texts("#studies a").subList(0, 5)));
        assertTrue(browser.text("header").contains(Disclaimer.TEXT));
    }

    private static void hostileNameIsOnlyAName(Browser browser) {
        await().atMost(PATIENCE).until(() -> browser.texts("#studies a").stream().anyMatch(name -> name.contains("<script>")));
        assertEquals(0, browser.count("#studies script, #studies img"));
        assertFalse(browser.driver().getTitle().contains("owned"));
    }

    private static void newStatIsSaidWithoutReload(Browser browser, Topical topical) throws Exception {
        browser.script("window.notReloaded = true");
        topical.publish(Samples.study("1.9.20", "Ivanova^Olga", "P20", Duration.ofMinutes(2)));
        topical.publish(Samples.findings("1.9.20", 1, Priority.STAT, Duration.ofMinutes(2), 0.88, 0.2, 0.1, 0.1, 0.1));
        await().atMost(PATIENCE).until(() -> browser.count("#studies tr[data-study='1.9.20'][data-priority=STAT]") == 1);
        await().atMost(PATIENCE).until(() -> String.valueOf(browser.script("return document.getElementById('alert').textContent"))
                .matches("New STAT study: .*Pneumothorax 88 %.*"));
        assertEquals(true, browser.script("return window.notReloaded"));
        assertTrue(browser.driver().getTitle().startsWith("(3 STAT)"));
    }

    private static void keysOpenAStudyWithItsHeatMap(Browser browser) {
        browser.fixed("body").sendKeys(Keys.HOME, Keys.ARROW_DOWN, Keys.ENTER);
        await().atMost(PATIENCE).until(() -> browser.text("#detail h2").equals("Hargreaves, Dr Sam"));
        await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(browser.script(
                "return [...document.querySelectorAll('.stage img')].length === 2"
                        + " && [...document.querySelectorAll('.stage img')].every(i => i.complete && i.naturalWidth === 512)")));
        assertTrue(browser.isShown("#heat"));
        assertEquals("0.0372", browser.text("#raw-maximum"));
        assertTrue(browser.text("#study-notice").contains(Disclaimer.SYNTHETIC));
        assertTrue(browser.texts(".finding[data-decision=POSITIVE] .label").containsAll(List.of("Pneumothorax", "Effusion")));
        assertEquals(4, browser.count(".finding .tick"), "a label without operating point has no tick");
        browser.picture("study-dark");
        browser.fixed("body").sendKeys("h");
        assertFalse(browser.isShown("#heat"));
        browser.fixed("body").sendKeys("h");
    }

    private static void outOfScopeIsNotNoFinding(Browser browser) {
        assertEquals(1, browser.count("#studies .badge[data-outcome=OUT_OF_SCOPE]"));
        assertEquals(1, browser.count("#studies .badge[data-outcome=NOT_SCORED]"));
        assertEquals(2, browser.count("#studies .badge[data-outcome=NO_FINDING]"));
    }

    @Test
    void administratorSeesEachRefusalAndEachModelWithItsReason() throws Exception {
        try (Browser browser = new Browser(1440, 1100, "dark"); Topical topical = new Topical()) {
            NightShift.publish(topical);
            browser.open("/admin.html");
            await().atMost(PATIENCE).until(() -> browser.count("#refused-rows tr") == 3
                    && browser.count("#model-rows tr") == 2);
            assertTrue(browser.text("#refused-rows").contains("The pixel data ends after 1,204,224"));
            assertTrue(browser.text("#model-rows").contains("has another SHA-256"));
            assertTrue(browser.text("header").contains(Disclaimer.TEXT));
            browser.picture("administration");
        }
    }

    @Test
    void outageIsSaidOnThePageAndGoesAwayByItself() throws Exception {
        try (Browser browser = new Browser(1440, 900, "dark"); Topical topical = new Topical()) {
            NightShift.publish(topical);
            browser.open("/");
            await().atMost(PATIENCE).until(() -> browser.count("#studies tr") == 9);
            House.postgres().stop();
            browser.fixed("[name=q]").sendKeys("e");
            await().atMost(PATIENCE).until(() -> browser.text("#banner").contains("The database does not answer"));
            assertEquals(9, browser.count("#studies tr"), "the list that there is stays readable");
            House.postgres().restart();
            await().atMost(PATIENCE).until(() -> !browser.isShown("#banner"));
        }
    }

    @Test
    void lightSchemeAndSmallScreenStayReadable() throws Exception {
        try (Browser browser = new Browser(1180, 900, "light"); Topical topical = new Topical()) {
            NightShift.publish(topical);
            browser.open("/#study=1.9.3");
            await().atMost(PATIENCE).until(() -> browser.count("#studies tr") == 9 && browser.count("#heat") == 1);
            browser.picture("study-light");
            assertEquals(false, browser.script("return document.documentElement.scrollWidth > window.innerWidth"));
        }
    }
}
