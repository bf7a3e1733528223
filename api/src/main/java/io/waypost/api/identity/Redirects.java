package io.waypost.api.identity;

/**
 * Where the owner of an address is sent when he has followed a link; web addresses in ASCII.
 *
 * @param success the address is verified
 * @param failure the link is not good
 */
public record Redirects(String success, String failure) {}
