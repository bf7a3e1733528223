package io.waypost.config;

import java.util.Optional;

/**
 * What stands for a KMS key that rules name.
 *
 * @param arn the key's
 * @param kms whether the store's own key service encrypts (SSE-KMS), rather than the store with its keys (SSE-S3)
 * @param key which of the key service's keys; its default one when empty
 */
public record KmsKeySettings(String arn, boolean kms, Optional<String> key) {}
