# The trainer's command line. PyTorch unpacks its libraries to DJL_CACHE_DIR, about 500 MB.
ARG BASE
FROM ${BASE}
COPY --chown=0:0 . /app/
USER 10001:10001
WORKDIR /tmp
ENV HOME=/tmp DJL_CACHE_DIR=/tmp/djl OMP_WAIT_POLICY=PASSIVE ONEDNN_MAX_CPU_ISA=AVX2 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=25 -XX:+ExitOnOutOfMemoryError"
ENTRYPOINT ["java", "-XX:-UsePerfData", "-cp", "/app/lib/*", "io.hilum.trainer.Main"]
