package io.waypost.config;

import io.waypost.config.text.Place;

/**
 * A Camel endpoint. Whether Camel can make it shows only when it is made, so it keeps its place for the fault.
 *
 * @param uri secret, because its options may hold a password
 * @param place where the URI is written
 */
public record EndpointSettings(Secret uri, Place place) {}
