package me.wingu.boma.harness.image;

import java.io.IOException;
import java.nio.file.Path;
import me.wingu.boma.harness.image.GoldenImage.Origin;

/** Makes one image. */
interface ImageMaker {

    /**
     * Makes the image that a definition describes.
     *
     * @param definition what to make
     * @param qcow2 the file to write; whatever a failure leaves of it is removed by the caller
     * @param progress is told how far it got
     * @return how the image came about
     */
    Origin make(ImageDefinition definition, Path qcow2, ImageProgress progress) throws IOException;
}
