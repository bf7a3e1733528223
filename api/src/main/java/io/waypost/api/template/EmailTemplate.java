package io.waypost.api.template;

import java.util.Optional;

/**
 * A template of mail, as an application wrote it.
 *
 * @param subject the Subject field's text
 * @param text the plain text
 * @param html the HTML text
 */
public record EmailTemplate(Optional<String> subject, Optional<String> text, Optional<String> html) {}
