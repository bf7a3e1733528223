package io.waypost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private final Timetable timetable = new Timetable();

    @BeforeEach
    void twoDestinations() {
        timetable.note("smtp:late.example", 20);
        timetable.note("smtp:early.example", 10);
    }

    private List<String> stops() {
        List<String> stops = new ArrayList<>();
        for (Timetable.@Nullable Stop stop = timetable.next(null); stop != null; stop = timetable.next(stop)) {
            stops.add(stop.due() + " " + stop.destination());
        }
        return stops;
    }

    @Test
    void theEarliestComesFirst() {
        assertThat(stops()).containsExactly("10 smtp:early.example", "20 smtp:late.example");
    }

    @Test
    void aNoteMakesATimeEarlierAndNeverLater() {
        timetable.note("smtp:late.example", 5);
        timetable.note("smtp:early.example", 30);
        assertThat(stops()).containsExactly("5 smtp:late.example", "10 smtp:early.example");
    }

    @Test
    void whoeverHasLookedMakesItLater() {
        timetable.found("smtp:early.example", 30, timetable.now());
        assertThat(stops()).containsExactly("20 smtp:late.example", "30 smtp:early.example");
        timetable.found("smtp:early.example", Timetable.NEVER, timetable.now());
        assertThat(stops()).containsExactly("20 smtp:late.example");
    }

    @Test
    void aNoteSinceTheSearchBeganIsNotOverruledByIt() {
        long began = timetable.now();
        timetable.note("smtp:early.example", 12);
        timetable.found("smtp:early.example", Timetable.NEVER, began);
        timetable.found("smtp:late.example", 40, began);
        assertThat(stops()).containsExactly("10 smtp:early.example", "40 smtp:late.example");
    }

    @Test
    void aDestinationThatWasForgottenComesBackWithItsNextRun() {
        timetable.found("smtp:early.example", Timetable.NEVER, timetable.now());
        timetable.note("smtp:early.example", 50);
        assertThat(stops()).containsExactly("20 smtp:late.example", "50 smtp:early.example");
    }

    @Test
    void itIsDoubtedAtFirstAndOnceForEachDoubt() {
        assertThat(timetable.takeDoubt()).isTrue();
        assertThat(timetable.takeDoubt()).isFalse();
        timetable.doubt();
        assertThat(timetable.takeDoubt()).isTrue();
    }
}
