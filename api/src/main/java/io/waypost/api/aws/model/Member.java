package io.waypost.api.aws.model;

/**
 * A member of a structure.
 *
 * @param name in the model
 * @param index its place among the structure's members
 * @param wireName what it is called where it stands: a label or a parameter may be called otherwise than the member
 */
public record Member(String name, int index, Shape shape, boolean required, Place place, String wireName) {

    /** Where a member stands in a request of the REST API. */
    public enum Place {
        BODY,
        /** A label of the path. */
        PATH,
        /** A parameter of the query. */
        QUERY
    }
}
