package io.waypost.api.aws.model;

import java.util.List;

/**
 * An error of an API.
 *
 * @param name the shape's name
 * @param code what stands on the wire
 * @param status of HTTP
 * @param sender whether it is the sender's fault
 * @param members what it has beside the message
 */
public record ErrorShape(String name, String code, int status, boolean sender, List<String> members) {}
