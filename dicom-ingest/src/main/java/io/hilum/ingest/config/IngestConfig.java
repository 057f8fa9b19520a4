package io.hilum.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Options of dicom-ingest, {@code hilum.ingest.*}. Each says what goes wrong when it is wrong. */
@ConfigMapping(prefix = "hilum.ingest")
public interface IngestConfig {

    /**
     * Where the images come from. Part of object keys and of the patient key: changed later, all patients look new
     * and known objects are stored once more.
     */
    @WithDefault("default")
    String site();

    /**
     * Journal and the administrator's lists. It must be on a disk that keeps its word about fsync: losing it loses
     * what was acknowledged but not yet announced (until {@code ./hilum reconcile}).
     */
    @WithDefault("data/ingest")
    Path dataDir();

    /**
     * Secret of the patient key, 32 characters at least. Leaked, patient numbers can be guessed from events; lost,
     * every patient looks new.
     */
    Optional<String> patientKeySecret();

    /** Demonstration: a published patient key secret is used. Never with real patients. */
    @WithDefault("false")
    boolean demo();

    /**
     * Bytes that must stay free on the store's and the journal's disk; below, senders get A700 or 503. Too small:
     * the disk fills under what is already inside. Too large: the door closes early.
     */
    @WithDefault("2147483648")
    long lowWaterMark();

    /** Bytes of one object, inflated. Too small refuses large films (4300 x 4300 x 16 bit is 37 MB). */
    @WithDefault("67108864")
    long maxObjectBytes();

    /** Entries kept in each of the administrator's lists; the oldest are dropped. */
    @WithDefault("1000")
    int listSize();

    Dicom dicom();

    Gate gate();

    Publish publish();

    Folder folder();

    /** The DICOM door. */
    interface Dicom {

        @WithDefault("true")
        boolean enabled();

        /** Where to listen; all addresses by default. On a shared machine name one: DICOM has no passwords. */
        @WithDefault("0.0.0.0")
        String host();

        @WithDefault("11112")
        int port();

        @WithDefault("HILUM")
        String aeTitle();

        /** Accept whatever senders call us. False refuses other titles, which finds wrong routing early. */
        @WithDefault("true")
        boolean anyCalledAe();

        /** AE titles that may send; empty accepts everyone. A title is no proof: anyone can claim it. */
        Optional<Set<String>> callingAes();

        /** Associations at a time, a thread each. Too small: senders are told to try again later. */
        @WithDefault("128")
        int maxAssociations();

        /** Longest P-DATA-TF that senders may send, bytes; 0 sets no limit. */
        @WithDefault("131072")
        int maxPduLength();

        /** An association must be asked for within it (ARTIM). Too long: port scanners hold threads. */
        @WithDefault("30s")
        Duration requestTimeout();

        /** Longest pause between two objects. Too short: slow modalities are cut off; too long: dead ones hold threads. */
        @WithDefault("5m")
        Duration idleTimeout();

        /** Longest silence within an object. */
        @WithDefault("60s")
        Duration dataTimeout();

        /** Longest time for one object. Too short cuts off slow lines; too long: senders that drip hold threads. */
        @WithDefault("30m")
        Duration objectTimeout();
    }

    /** The chest gate. */
    interface Gate {

        /** SOP classes taken: CR and DX for presentation. For-processing images are not meant to be looked at. */
        @WithDefault("1.2.840.10008.5.1.4.1.1.1,1.2.840.10008.5.1.4.1.1.1.1")
        Set<String> sopClasses();

        @WithDefault("CR,DX")
        Set<String> modalities();

        /** Whole words that say chest. A word that is too general lets other films in, which are then scored. */
        @WithDefault("CHEST,THORAX,TORAX,LUNG,LUNGS,CXR,THORACIC CAGE,51185008,43799004,816094009,T-D3000")
        List<String> chestWords();

        /** Take films that say nothing of their body part. True scores whatever such a modality sends. */
        @WithDefault("false")
        boolean acceptUnknown();
    }

    /** From the journal to the topics. */
    interface Publish {

        /** Images in flight, a canvas each in memory. Too small: slow after an outage. */
        @WithDefault("16")
        int window();

        /** Films rendered at a time, a whole film each in memory; 0 takes half of the processors. */
        @WithDefault("0")
        int renderers();

        /** Pixels of the canvas's shorter side. Changed, models see other pixels than they were evaluated on. */
        @WithDefault("512")
        int canvasShorterSide();

        /** Calling AE titles whose films go to the urgent topic. Too many: urgent work waits for itself. */
        Optional<Set<String>> urgentAes();

        @WithDefault("500ms")
        Duration firstBackoff();
    }

    /** The watched folder. */
    interface Folder {

        /** Absent: no folder is watched. Below it, done/ and refused/ are made. */
        Optional<Path> path();

        /** A file is taken when it did not change for so long. Too short takes files that are still being written. */
        @WithDefault("2s")
        Duration stableFor();

        @WithDefault("1s")
        Duration scanEvery();
    }
}
