package io.hilum.benchmarks.train;

import com.sun.management.OperatingSystemMXBean;
import io.hilum.trainer.net.SpeedRounds;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The trainer's own step and forward pass, in this process. */
record HilumSide(SpeedRounds rounds) implements Side {
    private static final int CHECKED_STEPS = 3;

    @Override
    public Check check() {
        SpeedRounds.Check check = rounds.check(CHECKED_STEPS);
        return new Check(list(check.logits()), list(check.losses()));
    }

    @Override
    public Round round(Work work, int batch, int calls) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        double seconds = switch (work) {
            case TRAIN -> rounds.train(batch, calls);
            case FORWARD -> rounds.forward(batch, calls);
        };
        return new Round(batch * calls, seconds, (system.getProcessCpuTime() - before) / 1e9);
    }

    private static List<Double> list(float[] values) {
        List<Double> out = new ArrayList<>();
        for (float value : values) {
            out.add((double) value);
        }
        return out;
    }
}
