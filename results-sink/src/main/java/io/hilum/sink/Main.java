package io.hilum.sink;

import io.hilum.sink.access.PasswordHash;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Starts the service, or makes a line for the users file: {@code hash-password NAME}, the password on the terminal or stdin. */
@QuarkusMain
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2 && arguments[0].equals("hash-password")) {
            char[] password = password();
            if (password == null || password.length < 8) {
                System.err.println("The password must have at least 8 characters.");
                System.exit(1);
            }
            System.out.println(arguments[1] + " = " + PasswordHash.of(password));
            return;
        }
        Quarkus.run(arguments);
    }

    private static char[] password() throws IOException {
        Console console = System.console();
        if (console != null) {
            return console.readPassword("Password: ");
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? null : line.toCharArray();
    }
}
