package me.wingu.boma.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.wingu.boma.harness.profile.Sizing;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Sizing BIG = new Sizing(2, 3072, 20);
    private static final Sizing SMALL = new Sizing(1, 512, 20);

    @Test
    void should_let_a_machine_wait_until_another_one_is_gone() throws Exception {
        Places places = new Places(1, 8, () -> 64_000);
        Runnable first = places.take(SMALL);
        CompletableFuture<Runnable> second = CompletableFuture.supplyAsync(() -> places.take(SMALL));

        assertThatThrownBy(() -> second.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        first.run();

        second.get(10, TimeUnit.SECONDS).run();
    }

    @Test
    void should_not_let_machines_exceed_the_memory_together() throws Exception {
        Places places = new Places(3, 8, () -> 4000);
        Runnable big = places.take(BIG);
        places.take(SMALL);
        CompletableFuture<Runnable> third = CompletableFuture.supplyAsync(() -> places.take(SMALL));

        assertThatThrownBy(() -> third.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        big.run();

        third.get(10, TimeUnit.SECONDS).run();
    }

    @Test
    void should_not_let_machines_have_more_than_two_virtual_processors_a_processor() throws Exception {
        Places places = new Places(3, 2, () -> 64_000);
        Runnable first = places.take(BIG);
        places.take(BIG);
        CompletableFuture<Runnable> third = CompletableFuture.supplyAsync(() -> places.take(SMALL));

        assertThatThrownBy(() -> third.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        first.run();

        third.get(10, TimeUnit.SECONDS).run();
    }

    @Test
    void should_always_have_a_place_for_one_machine() {
        Places places = new Places(1, 1, () -> 0);

        places.take(BIG).run();

        assertThat(places.take(BIG)).isNotNull();
    }
}
