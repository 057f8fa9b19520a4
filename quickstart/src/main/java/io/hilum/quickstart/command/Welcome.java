package io.hilum.quickstart.command;

import io.hilum.contracts.Disclaimer;
import io.hilum.quickstart.house.House;

/** Where everything is, for people. */
final class Welcome {

    private Welcome() {}

    static void print(House house) {
        System.out.printf("""

                Worklist        %s
                DICOM door      127.0.0.1:%d, AE title HILUM (try: ./hilum send FILES --port %d)
                STOW-RS         %s/studies
                Results topic   hilum.findings on %s

                %s
                Ctrl-C stops everything; the next start goes on with the same data.
                """,
                house.http(House.SINK), house.ports().dicom(), house.ports().dicom(), house.http(House.INGEST),
                house.bootstrap(), Disclaimer.TEXT);
    }
}
