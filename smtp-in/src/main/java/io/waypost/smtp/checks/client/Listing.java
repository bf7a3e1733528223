package io.waypost.smtp.checks.client;

import java.net.InetAddress;

/** What one block list says about one client. */
public sealed interface Listing {

    BlockList list();

    /** The client stands on it. */
    record Listed(BlockList list, InetAddress answer) implements Listing {}

    /** The client does not stand on it. */
    record NotListed(BlockList list) implements Listing {}

    /**
     * Nobody knows; the client is treated as not listed, since a broken list must not stop all mail.
     *
     * @param reason one line, without the list's zone
     */
    record NotAsked(BlockList list, String reason) implements Listing {}
}
