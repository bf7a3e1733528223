/**
 * Ports that several modules call and one other implements: the spool and the ledger (implemented by store), submission
 * (implemented by outbound), and the log of state changes (implemented by server). A port with a single caller lives in
 * the module that calls it.
 */
@NullMarked
package io.waypost.message.port;

import org.jspecify.annotations.NullMarked;
