# One of the three services: its packaged Quarkus application on the base that images/build made.
ARG BASE
FROM ${BASE}
COPY --chown=0:0 . /app/
USER 10001:10001
WORKDIR /tmp
# The JVM's performance files and native libraries go to /tmp, which must be writable and executable.
ENV HOME=/tmp JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" OMP_WAIT_POLICY=PASSIVE
ENTRYPOINT ["java", "-XX:-UsePerfData", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-jar", "/app/quarkus-run.jar"]
