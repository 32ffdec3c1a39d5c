package me.wingu.boma.harness.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChecksumListTest {

    private static final String SUM = "Ab".repeat(64);

    @Test
    void should_find_a_file_in_text_and_binary_mode() {
        assertThat(new ChecksumList("00  x\n" + SUM + "  a.qcow2\n").sumOf("a.qcow2")).contains("ab".repeat(64));
        assertThat(new ChecksumList(SUM + " *a.qcow2").sumOf("a.qcow2")).isPresent();
        assertThat(new ChecksumList(SUM + "  ./a.qcow2").sumOf("a.qcow2")).isPresent();
    }

    @Test
    void should_not_take_another_file_or_another_kind_of_sum() {
        assertThat(new ChecksumList(SUM + "  aa.qcow2\n").sumOf("a.qcow2")).isEmpty();
        assertThat(new ChecksumList("ab".repeat(32) + "  a.qcow2\n").sumOf("a.qcow2")).isEmpty();
        assertThat(new ChecksumList("<html>").sumOf("a.qcow2")).isEmpty();
    }
}
