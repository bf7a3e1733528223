package io.waypost.smtp.session;

/**
 * A command line split at its first blank.
 *
 * @param word the command as sent
 * @param argument what follows the blank, without blanks at its end (RFC 5321 4.1.1 tolerates them)
 */
record CommandLine(String word, String argument) {

    static CommandLine of(String line) {
        String stripped = line.stripTrailing();
        int blank = stripped.indexOf(' ');
        return blank < 0
                ? new CommandLine(stripped, "")
                : new CommandLine(stripped.substring(0, blank), stripped.substring(blank + 1));
    }
}
