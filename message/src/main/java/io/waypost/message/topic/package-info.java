/** Topics: what is published, and who gets it (the nouns of Amazon SNS), with the ports between who publishes and who delivers. */
@NullMarked
package io.waypost.message.topic;

import org.jspecify.annotations.NullMarked;
