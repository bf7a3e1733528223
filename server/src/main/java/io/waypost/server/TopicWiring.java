package io.waypost.server;

import io.waypost.api.aws.Operations;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import java.net.URI;
import java.util.Optional;

/** Topics, as the rest of the server knows them. */
final class TopicWiring {

    private TopicWiring() {}

    /** Made by {@link #of}. */
    interface Topics extends RuleTargets.Topics, Operations.Family {

        /** Where consumers reach this server. */
        URI base();

        /** What nobody signs: certificates, and the links in envelopes. */
        Optional<WireResponse> unsigned(WireRequest request);
    }
}
