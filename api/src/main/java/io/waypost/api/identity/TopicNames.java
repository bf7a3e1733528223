package io.waypost.api.identity;

import io.waypost.message.Scope;
import java.io.IOException;

/** Knows which topics there are. */
@FunctionalInterface
public interface TopicNames {

    /** Whether the account has this topic. */
    boolean exists(Scope scope, String topicArn) throws IOException;
}
