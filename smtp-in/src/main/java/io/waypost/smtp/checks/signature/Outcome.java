package io.waypost.smtp.checks.signature;

/**
 * What became of one signature.
 *
 * @param reason one line for people, printable; for a pass empty or a remark about the key
 */
public record Outcome(Result result, String reason) {

    boolean isPass() {
        return result == Result.PASS;
    }
}
