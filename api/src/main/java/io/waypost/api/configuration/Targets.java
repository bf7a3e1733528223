package io.waypost.api.configuration;

import io.waypost.message.Scope;
import java.io.IOException;

/** Knows where events can go. Safe for all threads. */
public interface Targets {

    /** Whether the account has this topic. */
    boolean topicExists(Scope scope, String topicArn) throws IOException;

    /** Tells a topic that events will come; durable when it returns. */
    void greet(Scope scope, String topicArn) throws IOException;

    /** Whether the operator has said what stands for this delivery stream or event bus. */
    boolean isMapped(String arn);

    /** Whether links may lead over this domain: it is verified for the account. */
    boolean isVerified(Scope scope, String domain);

    /** Whether there is such a pool of source addresses. */
    boolean poolExists(Scope scope, String pool);
}
