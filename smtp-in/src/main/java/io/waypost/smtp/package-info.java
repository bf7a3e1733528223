/**
 * Receiving mail by SMTP: the settings, and the ports through which the session asks what to do with a mail. Knows nothing of
 * rules, actions or databases.
 */
@NullMarked
package io.waypost.smtp;

import org.jspecify.annotations.NullMarked;
