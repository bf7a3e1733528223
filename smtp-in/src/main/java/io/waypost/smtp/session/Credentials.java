package io.waypost.smtp.session;

/**
 * What a client says to prove who it is.
 *
 * @param user any text
 * @param password any text
 */
record Credentials(String user, String password) {

    /** Never the password, and not the user either: people type one into the field of the other. */
    @Override
    public String toString() {
        return "credentials";
    }
}
