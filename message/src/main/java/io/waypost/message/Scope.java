package io.waypost.message;

/**
 * Whose state it is: SES keeps everything apart by account and region.
 *
 * @param account twelve digits
 * @param region such as {@code us-east-1}
 */
public record Scope(String account, String region) {

    @Override
    public String toString() {
        return account + "/" + region;
    }
}
