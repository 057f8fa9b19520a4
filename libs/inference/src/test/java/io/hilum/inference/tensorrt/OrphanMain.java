package io.hilum.inference.tensorrt;

/** A builder that builds for ever. */
final class OrphanMain {

    private OrphanMain() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws InterruptedException {
        PlanBuilder.endWithParent();
        Thread.sleep(Long.MAX_VALUE);
    }
}
