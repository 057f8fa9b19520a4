package io.hilum.quickstart.command;

import io.hilum.quickstart.house.House;
import java.util.concurrent.TimeUnit;

/** Stays until Ctrl-C, or until a part of the house ends by itself. */
final class Forever {

    private Forever() {}

    /** @throws IllegalStateException when a part has ended, with its reason; otherwise never returns */
    static void watch(House house) throws InterruptedException {
        while (true) {
            house.requireAllAlive();
            TimeUnit.SECONDS.sleep(1);
        }
    }
}
