package me.wingu.boma.harness.image;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** No connection to a publisher's host came about, which is no fault of the image: it can be made in another way. */
final class HostUnreachable extends IOException {

    private static final long serialVersionUID = 1L;

    HostUnreachable(URI url, IOException cause) {
        super(url.getHost() + " cannot be reached (" + reason(cause) + ")", cause);
    }

    /** Returns whether a failure means that there was no connection at all. */
    static boolean tells(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException;
    }

    private static String reason(IOException cause) {
        if (cause instanceof UnknownHostException || cause.getCause() instanceof UnresolvedAddressException
                || (cause.getCause() != null && cause.getCause().getCause() instanceof UnresolvedAddressException)) {
            return "its name does not resolve";
        }
        if (cause instanceof HttpConnectTimeoutException) {
            return "it does not answer";
        }
        return cause.getMessage() == null ? "connection refused" : cause.getMessage();
    }
}
