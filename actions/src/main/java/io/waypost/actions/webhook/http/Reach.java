package io.waypost.actions.webhook.http;

import io.waypost.config.CidrBlock;
import io.waypost.message.host.PublicAddresses;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses an endpoint may have. Those of the public internet always.
 *
 * @param everywhere whether it may have any other, too
 * @param also ranges of others it may have
 */
public record Reach(boolean everywhere, List<CidrBlock> also) {

    /** The public internet only. */
    public static final Reach PUBLIC = new Reach(false, List.of());

    /** Private networks and this machine, too. */
    public static final Reach ANYWHERE = new Reach(true, List.of());

    public Reach {
        also = List.copyOf(also);
    }

    /** The public internet, and these ranges. */
    public static Reach publicAnd(List<CidrBlock> also) {
        return new Reach(false, also);
    }

    boolean permits(InetAddress address) {
        return everywhere
                || PublicAddresses.isPublic(address)
                || also.stream().anyMatch(block -> block.contains(address));
    }
}
