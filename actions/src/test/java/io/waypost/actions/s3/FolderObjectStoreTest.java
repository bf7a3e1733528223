package io.waypost.actions.s3;

import static io.waypost.actions.s3.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.MessageContent;
import io.waypost.rules.Action.StoredObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderObjectStoreTest implements ObjectStoreContract {

    @TempDir
    Path temporary;

    private Path root;
    private FolderObjectStore store;

    @BeforeEach
    void open() throws Exception {
        root = temporary.resolve("data/objects");
        store = new FolderObjectStore(new FolderSettings(root));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public Optional<byte[]> stored(StoredObject object) throws IOException {
        Path path = root.resolve(object.bucket()).resolve(object.key());
        return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
    }

    @Test
    void nothing_is_left_aside_after_success_or_failure() throws Exception {
        keeps_the_old_object_when_the_new_one_breaks_off();

        try (Stream<Path> aside = Files.list(root.resolve(".incoming"))) {
            assertThat(aside).isEmpty();
        }
    }

    @Test
    void what_a_killed_run_left_aside_is_removed_at_start() throws Exception {
        Files.writeString(root.resolve(".incoming/17"), "half a mess");

        new FolderObjectStore(new FolderSettings(root)).close();

        assertThat(root.resolve(".incoming/17")).doesNotExist();
    }

    @Test
    void a_folder_removed_by_hand_is_made_again_by_the_next_attempt() throws Exception {
        StoredObject object = object("tickets/" + ID);
        store.put(object, MessageContent.of(bytes("one")), Encryption.BUCKET_DEFAULT);
        Files.delete(root.resolve("mail/tickets/" + ID));
        Files.delete(root.resolve("mail/tickets"));
        Files.delete(root.resolve("mail"));

        assertThatThrownBy(() -> store.put(object, MessageContent.of(bytes("two")), Encryption.BUCKET_DEFAULT))
                .isInstanceOf(IOException.class);
        store.put(object, MessageContent.of(bytes("three")), Encryption.BUCKET_DEFAULT);

        assertThat(stored(object)).hasValue(bytes("three"));
    }

    @Test
    void a_file_in_the_folders_place_is_one_clear_error() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> new FolderObjectStore(new FolderSettings(file)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the object folder " + file + " cannot be used: ");
    }

    @ParameterizedTest
    @CsvSource({
        "mail, ../../etc/passwd",
        "mail, a/../../x",
        "mail, .",
        "mail, 'a\\b'",
        ".., x",
        ".incoming, x",
        "a/b, x",
        "Mail, x",
        "'', x"
    })
    void no_bucket_and_no_key_leads_out_of_the_folder(String bucket, String key) throws Exception {
        List<Path> before = everything();

        assertThatThrownBy(() -> store.put(
                        new StoredObject(bucket, key), MessageContent.of(bytes("x")), Encryption.BUCKET_DEFAULT))
                .isInstanceOf(ObjectStoreException.class);

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void encryption_is_refused_rather_than_forgotten() {
        assertThatThrownBy(() -> store.put(object(ID), MessageContent.of(bytes("x")), new Encryption.StoreKeys()))
                .hasMessage("a folder does not encrypt; configure objects.s3");
    }

    @Test
    void the_bytes_are_synced_before_the_name_appears_and_the_name_before_it_returns() throws Exception {
        store.close();
        StoredObject object = object("tickets/" + ID);
        Path target = root.resolve("mail/tickets").resolve(ID);
        List<String> steps = Collections.synchronizedList(new ArrayList<>());
        store = new FolderObjectStore(new FolderSettings(root), new FileSync() {
            @Override
            void file(FileChannel written) throws IOException {
                super.file(written);
                steps.add(written.size() + " bytes synced, name " + (Files.exists(target) ? "there" : "not there"));
            }

            @Override
            void names(Path folder) throws IOException, InterruptedException {
                super.names(folder);
                steps.add(root.relativize(folder) + " synced, name " + (Files.exists(target) ? "there" : "not there"));
            }
        });
        steps.clear();

        store.put(object, MessageContent.of(bytes("hello")), Encryption.BUCKET_DEFAULT);

        assertThat(steps)
                .containsExactly(
                        " synced, name not there",
                        "mail synced, name not there",
                        "5 bytes synced, name not there",
                        "mail/tickets synced, name there");
    }

    @Test
    void a_failed_sync_is_never_success_and_shows_no_file() throws Exception {
        store.close();
        store = new FolderObjectStore(new FolderSettings(root), new FileSync() {
            @Override
            void file(FileChannel written) throws IOException {
                throw new IOException("Input/output error");
            }
        });

        assertThatThrownBy(() -> store.put(object(ID), MessageContent.of(bytes("x")), Encryption.BUCKET_DEFAULT))
                .hasMessage("Input/output error");

        assertThat(stored(object(ID))).isEmpty();
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> all = Files.walk(temporary)) {
            return all.sorted().toList();
        }
    }
}
