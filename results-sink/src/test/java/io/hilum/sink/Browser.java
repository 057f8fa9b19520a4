package io.hilum.sink;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium, headless, with a profile of its own; tests skip without it. */
final class Browser implements AutoCloseable {

    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    private final ChromeDriver driver;
    private final Path profile;

    Browser(int width, int height, String scheme) {
        Assumptions.assumeTrue(CHROMIUM.canExecute() && DRIVER.canExecute(),
                "SKIPPED: no browser. The page is not tested; apt-get install -y chromium chromium-driver.");
        try {
            profile = Files.createTempDirectory("hilum-chromium");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(CHROMIUM);
            options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--window-size=" + width + "," + height,
                    "--user-data-dir=" + profile);
            driver = new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    ChromeDriver driver() {
        return driver;
    }

    void open(String path) {
        driver.get(Client.address() + path);
    }

    /** An element that no live update replaces. */
    WebElement fixed(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    int count(String selector) {
        return ((Number) script("return document.querySelectorAll(arguments[0]).length", selector)).intValue();
    }

    /** What is read, at one instant: a handle on an element may be stale when a live update replaces it. */
    @SuppressWarnings("unchecked")
    List<String> texts(String selector) {
        return (List<String>) script("return [...document.querySelectorAll(arguments[0])].map(each => each.innerText)", selector);
    }

    /** All the text that matches, joined. */
    String text(String selector) {
        return String.join(" ", texts(selector));
    }

    boolean isShown(String selector) {
        return Boolean.TRUE.equals(script("return [...document.querySelectorAll(arguments[0])].some(each => each.offsetParent !== null)",
                selector));
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** For people who want to see what the test saw: {@code target/pictures}. */
    void picture(String name) {
        try {
            Path file = Path.of("target", "pictures", name + ".png");
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> all = Files.walk(profile)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException stillWriting) {
            // The browser's last process may be slower than its driver; the system clears its temporary folder.
        }
    }
}
