package io.hilum.processor.service;

import io.hilum.inference.EngineOptions.Device;
import io.hilum.model.bundle.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All options of this service. Values that do not go together stop the start: {@link ConfigCheck}.
 *
 * <p>Of each option the first sentence says what it is, the rest what goes wrong: the README's table is cut from here.
 */
@ConfigMapping(prefix = "hilum.processor")
public interface ProcessorConfig {

    /**
     * Consumer group and prefix of transactional ids and changelogs. Changed on an old installation, every image
     * still on the topics is scored again and every study begins at revision 1 again.
     */
    @WithDefault("hilum-scoring")
    String applicationId();

    /**
     * Stable name of this instance, different on each. With it a restarted instance takes its tasks back at once;
     * without it the group waits for the session time-out. The same name twice: the two fence each other off.
     */
    Optional<String> instanceId();

    /** Where local state lies. Lost state is restored from changelogs; shared between instances it is damaged. */
    @WithDefault("data/stream-processor")
    Path stateDir();

    /**
     * Stream threads. One: the engine waits while it commits; too many: memory for buffers and producers, and fewer images for
     * each one's batch.
     */
    @WithDefault("2")
    int threads();

    /**
     * How often findings, state and offsets are committed; more often where few images come and nothing, or little, is waited
     * for. Too long: subscribers see findings late; too short: commits cost more than scoring.
     */
    @WithDefault("100ms")
    Duration commitInterval();

    /** Wait for records, and the grain of all wall-clock work. Too long: finished scores lie about; too short: idle CPU. */
    @WithDefault("10ms")
    Duration poll();

    /** Records a partition read ahead, each with its canvas (about 0.2 MB). Too many: memory; too few: small batches. */
    @WithDefault("32")
    int bufferedRecords();

    /**
     * Bytes fetched at a time, over all partitions of a broker; one image is fetched even if it is larger. Too many: an urgent image
     * waits until all of them are worked off, which a slow engine takes seconds for; too few: a fast engine waits for images.
     */
    @WithDefault("524288")
    int fetchBytes();

    /** Records a poll. Too many: an urgent image waits until all of them are worked off; too few: polls cost more than records. */
    @WithDefault("4")
    int maxPollRecords();

    /**
     * Longest time between two polls of a stream thread; above every other time-out. Too short: a slow batch costs the
     * instance its tasks; too long: a hang is noticed late.
     */
    @WithDefault("60s")
    Duration maxPollInterval();

    /**
     * Without a heartbeat for this long an instance counts as dead. Too short: a garbage collection looks like a death; too
     * long: a dead instance's images wait.
     */
    @WithDefault("10s")
    Duration sessionTimeout();

    /**
     * The broker gives an open transaction up after this time. Too long: after a crash the orphaned one hides later findings
     * this long; too short: slow drains are aborted.
     */
    @WithDefault("20s")
    Duration transactionTimeout();

    /**
     * How long no image at all may come back before a waiting commit gives up. Shorter than one batch takes: a slow engine
     * counts as stuck; too long: a stuck one is noticed late.
     */
    @WithDefault("10s")
    Duration drainTimeout();

    /** Images of a task under way. Too small: batches stay small; too large: memory, and long drains. */
    @WithDefault("64")
    int pendingBound();

    /** Images of all tasks that may be with the engine at once, at most. Too small: batches stay small; too large: memory. */
    @WithDefault("64")
    int loadBound();

    /**
     * No more images are let in than the engine scores in this time, though always two full batches for each worker. Too short:
     * the engine waits for images; too long: commits, and with them findings, wait for what was let in.
     */
    @WithDefault("250ms")
    Duration loadTime();

    /** Warm copies of each state on other instances. None: after a crash state is first restored. */
    @WithDefault("0")
    int standbyReplicas();

    Study study();

    Priority priority();

    Batch batch();

    Engine engine();

    Model model();

    /** When a study is complete. */
    interface Study {

    /**
     * Without a new image for this long a study becomes final. Too short: late images amend a final study; too long: final
     * findings come late.
     */
        @WithDefault("30s")
        Duration idle();

        /** Final at the latest, though images keep coming. Below the idle time it would make idle time meaningless. */
        @WithDefault("10m")
        Duration hardCap();

        /** Images beyond this go to the dead letters. Too large: a revision outgrows a record, and its image goes there, too. */
        @WithDefault("100")
        int maxImages();

        /**
         * How long a study's last revision is remembered. Shorter than a consumer may lag or an image be late: the study
         * begins at revision 1 again and its consumers ignore it as old; longer: disk and restore time.
         */
        @WithDefault("400d")
        Duration remember();
    }

    /** What a positive label means for the worklist. */
    interface Priority {

        /** Labels that make a study STAT when positive. A name the model does not have never does. */
        @WithDefault("Pneumothorax")
        Set<String> statLabels();
    }

    /** How images become batches. */
    interface Batch {

        /** Images a batch. Too small: throughput is wasted; too large: an urgent image waits for a long batch. */
        @WithDefault("8")
        int max();

        /** How long an idle engine waits for company. Too long: every image of a quiet hour pays it. */
        @WithDefault("2ms")
        Duration delay();

        /** Images that may wait. Below the pending bound, preparing threads wait for each other. */
        @WithDefault("512")
        int maxQueued();

        /** Memory for waiting images, in bytes. Too large: the heap ends before back-pressure begins. */
        @WithDefault("67108864")
        long maxQueuedBytes();

        /**
         * Share of routine images, of what is taken from the topics and of a batch's slots, while urgent ones wait. Too small:
         * routine work starves in a flood of urgent work; too large: urgent images wait.
         */
        @WithDefault("0.25")
        double routineShare();

        /** Batches at once. More than the machine has cores for only slow each other. */
        @WithDefault("1")
        int workers();

        /**
         * Sizes of batch at which the engine is most efficient, ascending, such as {@code 8,16,32}; without: only max is.
         * An idle engine gets the largest that can be filled at once. Too small ones: small batches begin although company
         * was on its way; sizes at which the engine is no better: smaller batches for nothing.
         */
        Optional<List<Integer>> preferredSizes();
    }

    /** The engine's use of the machine. */
    interface Engine {

        /** Threads of one batch; 0 for all cores. Too many beside other services: all of them slow down. */
        @WithDefault("0")
        int threads();

        /** Threads that decode and resize canvases. Too few: the engine starves; too many: they take its cores. */
        @WithDefault("2")
        int prepareThreads();

        /**
         * Where to compute: auto (a GPU where there is one with a plan that fits it, otherwise the CPU), cpu or gpu. gpu on a
         * machine without one: every bundle is refused and nothing is scored; auto: a GPU that fails to start is noticed
         * by slow scores and a remark in the log only.
         */
        @WithDefault("auto")
        Device device();

        /**
         * The only precision to compute in, fp32, int8, fp16 or bf16; without: the fastest that the bundle proves on this
         * machine. A bundle without it, or whose self-test fails in it, is refused instead of falling back to fp32.
         */
        Optional<Precision> precision();

        /**
         * Heat maps an image that are drawn while it is scored, for the labels nearest to positive; 0 for none at all. Each
         * costs a partial backward pass. Too few: images with more positive labels are run once more for the rest
         * ({@code hilum.processor.second.passes}); too many: maps are drawn that nobody is shown.
         */
        @WithDefault("3")
        int heatMaps();
    }

    /** Which models. */
    interface Model {

        /**
         * The lines to serve, such as {@code chest,covid}; without: every line that is released. A line that is named and
         * never released, or whose every bundle is refused: the stream does not start; without names, a line that cannot be
         * loaded at the start: images go out without its findings, until it joins.
         */
        Optional<Set<String>> lines();

        /**
         * How often this instance repeats what it serves on {@code hilum.model-status}; unheard of for three times as long, it
         * counts as gone. Too long: a release waits that much longer for an instance that died; too short: records for
         * nothing, and a pause of the machine looks like a death, so that a release no longer waits for this instance.
         */
        @WithDefault("10s")
        Duration statusInterval();

        /** Where bundles from remote stores are kept. Too small a disk: a new release cannot be loaded. */
        @WithDefault("data/bundles")
        Path cache();
    }
}
