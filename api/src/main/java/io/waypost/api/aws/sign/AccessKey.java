package io.waypost.api.aws.sign;

import io.waypost.config.Secret;

/**
 * A key that requests are signed with.
 *
 * @param account whose key it is; twelve digits
 * @param id what a request says of the key
 * @param secret what it never says
 */
public record AccessKey(String account, String id, Secret secret) {}
