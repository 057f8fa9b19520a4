# A broker for tests, of the very artifacts that the project pins: /app/start says what it wants.
ARG BASE
FROM ${BASE}
COPY --chown=0:0 . /app/
USER 10001:10001
WORKDIR /tmp
ENV HOME=/tmp KAFKA_HEAP=384m
ENTRYPOINT ["/app/start"]
