package io.hilum.quickstart.command;

import io.hilum.quickstart.house.House;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The whole system without sample studies. */
@Command(name = "up", mixinStandardHelpOptions = true, description = "Runs the whole system on this machine until Ctrl-C.")
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private HouseArguments arguments;

    @Override
    public Integer call() throws Exception {
        try (House house = House.start(arguments.options(), System.out::println)) {
            Welcome.print(house);
            Forever.watch(house);
            return 1;
        }
    }
}
