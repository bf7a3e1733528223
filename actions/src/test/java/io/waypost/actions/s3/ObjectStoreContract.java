package io.waypost.actions.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waypost.message.MessageContent;
import io.waypost.rules.Action.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store promises. The bucket {@code mail} exists or can be made by the store. */
interface ObjectStoreContract {

    String ID = "0123456789abcdefghijklmnopqrstuv01234567";

    ObjectStore store();

    /** The object's bytes, read behind the store's back. */
    Optional<byte[]> stored(StoredObject object) throws Exception;

    default StoredObject object(String key) {
        return new StoredObject("mail", key);
    }

    private void put(StoredObject object, MessageContent content) throws Exception {
        store().put(object, content, Encryption.BUCKET_DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000, 65_536, 6_000_001})
    default void keeps_every_byte(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        StoredObject object = object("sizes/" + size + "/" + ID);

        put(object, MessageContent.of(bytes));

        assertThat(stored(object)).hasValueSatisfying(found -> assertThat(found).isEqualTo(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tickets/", "a b+c=d&e#f?g%41/", "für/日本語/", "~user/(x)!*'@$,:;/"})
    default void takes_any_prefix_that_a_rule_may_have(String prefix) throws Exception {
        StoredObject object = object(prefix + ID);

        put(object, MessageContent.of(bytes("hello")));

        assertThat(stored(object)).hasValueSatisfying(found -> assertThat(found).isEqualTo(bytes("hello")));
    }

    @Test
    default void puts_a_repeat_in_the_place_of_the_first() throws Exception {
        StoredObject object = object("twice/" + ID);

        put(object, MessageContent.of(bytes("first, and longer")));
        put(object, MessageContent.of(bytes("second")));

        assertThat(stored(object)).hasValueSatisfying(found -> assertThat(found).isEqualTo(bytes("second")));
    }

    @Test
    default void keeps_the_old_object_when_the_new_one_breaks_off() throws Exception {
        StoredObject object = object("broken/" + ID);
        put(object, MessageContent.of(bytes("old")));

        assertThatThrownBy(() -> put(object, new Promised(1_000_000, bytes("only so much"))))
                .isInstanceOf(IOException.class);

        assertThat(stored(object)).hasValueSatisfying(found -> assertThat(found).isEqualTo(bytes("old")));
    }

    @Test
    default void shows_nothing_when_the_content_cannot_be_read() throws Exception {
        StoredObject object = object("unreadable/" + ID);

        assertThatThrownBy(() -> put(object, new Unreadable()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");

        assertThat(stored(object)).isEmpty();
    }

    @Test
    default void takes_many_at_once() throws Exception {
        List<Future<?>> puts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                StoredObject object = object("many/" + i % 3 + "/" + i);
                byte[] content = bytes("message " + i);
                puts.add(threads.submit(() -> {
                    put(object, MessageContent.of(content));
                    return null;
                }));
            }
        }
        for (Future<?> put : puts) {
            put.get();
        }
        for (int i = 0; i < 200; i++) {
            byte[] content = bytes("message " + i);
            assertThat(stored(object("many/" + i % 3 + "/" + i)))
                    .hasValueSatisfying(found -> assertThat(found).isEqualTo(content));
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Content that ends before its size. */
    record Promised(long size, byte[] bytes) implements MessageContent {
        @Override
        public InputStream open() {
            return new java.io.ByteArrayInputStream(bytes);
        }
    }

    /** Content that begins well and then does not match its checksum. */
    final class Unreadable implements MessageContent {
        @Override
        public long size() {
            return 100_000;
        }

        @Override
        public InputStream open() {
            return new InputStream() {
                private int given;

                @Override
                public int read() throws IOException {
                    if (given++ >= 70_000) {
                        throw new IOException("the checksum does not match");
                    }
                    return 'x';
                }
            };
        }
    }
}
