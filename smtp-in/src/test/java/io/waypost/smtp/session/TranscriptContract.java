package io.waypost.smtp.session;

import io.waypost.smtp.testing.RawClient;
import io.waypost.smtp.testing.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays conversations that stand in files, in whole packets and octet by octet. */
interface TranscriptContract {

    /** A client whose first line is the banner of the server that this conversation is with. */
    RawClient connect(Path transcript) throws Exception;

    /** The conversations in a folder of src/test/resources, which are not fewer than there were once. */
    static List<Path> in(String folder, int fewest) throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
            List<Path> all = files.sorted().toList();
            if (all.size() < fewest) {
                throw new AssertionError(folder + " has only " + all.size() + " conversations");
            }
            return all;
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    default void goesAsWrittenInWholePackets(Path file) throws Exception {
        play(file, Transcript.Sender.WHOLE);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    default void goesAsWrittenOctetByOctet(Path file) throws Exception {
        play(file, Transcript.Sender.SINGLE);
    }

    private void play(Path file, Transcript.Sender sender) throws Exception {
        try (RawClient client = connect(file)) {
            new Transcript(Files.readString(file)).play(client, sender);
        }
    }
}
