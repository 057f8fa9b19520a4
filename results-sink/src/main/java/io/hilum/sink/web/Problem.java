package io.hilum.sink.web;

import io.hilum.contracts.Disclaimer;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What went wrong, as JSON.
 *
 * @param error what, where, what to do
 */
public record Problem(int status, String error, String disclaimer) {

    static Response response(int status, String error) {
        return Response.status(status).type(MediaType.APPLICATION_JSON)
                .entity(new Problem(status, error, Disclaimer.TEXT)).build();
    }

    static WebApplicationException notFound(String error) {
        return new WebApplicationException(response(404, error));
    }

    static WebApplicationException wrongRequest(String error) {
        return new WebApplicationException(response(400, error));
    }
}
