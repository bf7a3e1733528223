package io.waypost.smtp.submission;

import io.waypost.message.Scope;

/**
 * Somebody who proved who he is.
 *
 * @param scope whose mail he submits
 * @param accessKey the id of the key whose password he had; no secret
 */
public record Login(Scope scope, String accessKey) {}
