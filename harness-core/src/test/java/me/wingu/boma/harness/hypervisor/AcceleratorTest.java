package me.wingu.boma.harness.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import me.wingu.boma.harness.HarnessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceleratorTest {

    private static final String PLAIN = "processor\t: 0\nflags\t\t: fpu vme sse2 svm_lock novmx\nbugs\t\t: vmx svm\n";

    @ParameterizedTest
    @ValueSource(strings = {"vmx", "svm"})
    void should_use_hardware_virtualization_where_the_processor_has_it(String flag) {
        String cpuInfo = "processor\t: 0\nflags\t\t: fpu " + flag + " sse2\nbugs\t\t:\n";

        assertThat(Accelerator.choose("auto", cpuInfo)).isEqualTo(Accelerator.KVM);
    }

    @Test
    void should_emulate_where_only_other_words_look_like_it() {
        assertThat(Accelerator.choose("auto", PLAIN)).isEqualTo(Accelerator.TCG);
        assertThat(Accelerator.choose("auto", "vmx flags\t: vnmi svm\n")).isEqualTo(Accelerator.TCG);
        assertThat(Accelerator.choose("auto", "")).isEqualTo(Accelerator.TCG);
    }

    @Test
    void should_obey_a_choice_whatever_the_processor_says() {
        assertThat(Accelerator.choose("KVM", PLAIN)).isEqualTo(Accelerator.KVM);
        assertThat(Accelerator.choose("tcg", "flags : vmx")).isEqualTo(Accelerator.TCG);
    }

    @Test
    void should_refuse_an_unknown_word() {
        assertThatThrownBy(() -> Accelerator.choose("xen", PLAIN))
                .isInstanceOfSatisfying(
                        HarnessException.class,
                        e -> assertThat(e.kind()).isEqualTo(HarnessException.Kind.USAGE))
                .hasMessageContaining("\"xen\" is unknown")
                .hasMessageContaining("BOMA_ACCELERATOR");
    }

    @Test
    void should_wait_longer_for_an_emulated_guest() {
        Duration withKvm = Duration.ofSeconds(30);

        assertThat(Accelerator.KVM.scale(withKvm)).isEqualTo(withKvm);
        assertThat(Accelerator.TCG.scale(withKvm)).isGreaterThan(withKvm);
    }

    @Test
    void should_give_a_guest_without_libvirt_the_same_processor() {
        assertThat(Accelerator.KVM.processorOption()).isEqualTo("max");
        assertThat(Accelerator.TCG.processorOption()).isEqualTo("max,erms=off,fsrm=off,la57=off");
    }
}
