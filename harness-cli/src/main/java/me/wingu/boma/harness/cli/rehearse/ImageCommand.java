package me.wingu.boma.harness.cli.rehearse;

import java.util.concurrent.Callable;
import me.wingu.boma.harness.junit.TerminalProgress;
import me.wingu.boma.harness.profile.Profiles;
import me.wingu.boma.harness.rehearsal.ImageSource;
import me.wingu.boma.harness.rehearsal.Lab;
import me.wingu.boma.harness.rehearsal.LabSettings;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes sure that a golden image is there. */
@Command(
        name = "image",
        description = "Fetches or builds a golden image, unless it is in the cache, and prints where it is.",
        mixinStandardHelpOptions = true)
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ImageCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "IMAGE",
            defaultValue = "debian-13",
            description = "A definition in profiles/images/; debian-13 by default.")
    private String name = "";

    @Override
    public Integer call() {
        LabSettings settings = LabSettings.ofThisProcess();
        ImageSource.Image image = Lab.images(settings, Profiles.discover())
                .provide(name, TerminalProgress.orLines(System.err, settings.runs()));
        System.out.println(image.file());
        return 0;
    }
}
