package io.hilum.sink.web;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures become sentences; details go to the log. */
public final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response database(SQLException failed) {
        LOG.warnf("A page could not be served: %s", failed.getMessage());
        return Problem.response(503, "The database does not answer. Nothing is lost; the page comes back by itself.");
    }

    @ServerExceptionMapper
    Response store(IOException failed) {
        LOG.warnf("An object could not be read: %s", failed.toString());
        return Problem.response(503, "The object store does not answer. Check hilum.store.uri and the log of results-sink.");
    }

    @ServerExceptionMapper
    Response wrong(IllegalArgumentException wrong) {
        return Problem.response(400, wrong.getMessage());
    }
}
