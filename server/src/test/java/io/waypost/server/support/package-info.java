/** What the tests of the whole server share: the real process, senders, sinks. */
package io.waypost.server.support;
