package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import partita.models.metric.CovarianceEstimate;
import partita.models.metric.InceptionSplits;
import partita.models.network.InceptionV3.Variant;
import partita.models.op.OwnMemory;
import partita.models.op.TorchScript;

/**
 * How the implementations that papers quote bring an image to Inception v3 and take the covariance
 * of its 2,048 features ({@code avgpool}). The same images get another Frechet inception distance
 * from each, so a figure names its protocol. All of them see an image as stored, whole and of any
 * size, and make it 299x299 without regard to its aspect ratio.
 */
public enum FidProtocol implements InputPreparation {
  /**
   * Seitzer's pytorch-fid: bilinear between pixel centers without antialiasing, in [0, 1]; then 2x
   * - 1.
   */
  PYTORCH_FID(Variant.FID, CovarianceEstimate.SAMPLE, InceptionSplits.CONTIGUOUS, "6726825d") {
    @Override
    public NDArray apply(NDArray images) {
      return OPS.run(images.getManager(), "pytorch_fid", images, SIDE);
    }
  },

  /**
   * Obukhov's torch-fidelity, which computes as the TensorFlow code of the metric's authors does:
   * bilinear between pixels of equal corners, target i being source {@code i * in / out}; then (x -
   * 128) / 128.
   */
  TORCH_FIDELITY(Variant.FID, CovarianceEstimate.SAMPLE, InceptionSplits.SHUFFLED, "6726825d") {
    @Override
    public NDArray apply(NDArray images) {
      return interpolated(images);
    }
  },

  /**
   * Parmar et al.'s clean-fid ("On aliased resizing and surprising subtleties in GAN evaluation",
   * CVPR 2022): PIL's antialiased bicubic, in floating point, each channel by itself; clipped to
   * 0..255; then (x - 128) / 128. Its network is NVIDIA's TorchScript file.
   */
  CLEAN_FID(
      Variant.FID, CovarianceEstimate.SAMPLE, InceptionSplits.CONTIGUOUS, FidProtocol.NVIDIA) {
    @Override
    public NDArray apply(NDArray images) {
      return OPS.run(images.getManager(), "clean_fid", images, SIDE);
    }
  },

  /**
   * Karras et al.'s stylegan2-ada-pytorch: the TorchScript network is given bytes and resizes them
   * within, by the rule of {@link #TORCH_FIDELITY}. Its covariance divides by n. The network is
   * that of {@link #CLEAN_FID}.
   */
  STYLEGAN2_ADA(
      Variant.FID, CovarianceEstimate.POPULATION, InceptionSplits.CONTIGUOUS, FidProtocol.NVIDIA) {
    @Override
    public NDArray apply(NDArray images) {
      return interpolated(images);
    }
  },

  /**
   * The PyTorch code of BigGAN and IC-GAN: torchvision's classification weights, the image in [0,
   * 1] normalized by ImageNet's mean and standard deviation, then bilinear with aligned corners.
   * Its covariance is float32 there and float64 here.
   */
  IC_GAN(
      Variant.CLASSIFICATION,
      CovarianceEstimate.SAMPLE,
      InceptionSplits.EQUAL,
      "0cc3c7bd",
      "1a9a5a14") {
    @Override
    public NDArray apply(NDArray images) {
      NDManager manager = images.getManager();
      return OPS.run(
          manager,
          "ic_gan",
          images,
          SIDE,
          ImageNetPreparation.mean(manager),
          ImageNetPreparation.deviation(manager));
    }
  };

  /**
   * Of {@code
   * https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/metrics/inception-2015-12-05.pt},
   * as others who check it have it (k-diffusion).
   */
  private static final String NVIDIA =
      "f58cb9b6ec323ed63459aa4fb441fe750cfe39fafad6da5cb504a16f19e958f4";

  private static final int SIDE = 299;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def bytes(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.round(torch.mul(torch.add(x, 1), 127.5))
            def centered(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.expand(torch.div(torch.sub(x, 128), 128), [-1, 3, -1, -1])
            def pytorch_fid(self: __torch__.Ops, x: Tensor, side: int) -> Tensor:
              unit = torch.div((self).bytes(x, ), 255)
              y = torch.upsample_bilinear2d(unit, [side, side], False, None, None)
              return torch.expand(torch.sub(torch.mul(y, 2), 1), [-1, 3, -1, -1])
            def interpolated(self: __torch__.Ops, x: Tensor, left: Tensor, right: Tensor, beside: Tensor, top: Tensor, bottom: Tensor, below: Tensor) -> Tensor:
              b = (self).bytes(x, )
              l = torch.index_select(b, 3, left)
              rows = torch.add(l, torch.mul(torch.sub(torch.index_select(b, 3, right), l), beside))
              t = torch.index_select(rows, 2, top)
              y = torch.add(t, torch.mul(torch.sub(torch.index_select(rows, 2, bottom), t), below))
              return (self).centered(y, )
            def clean_fid(self: __torch__.Ops, x: Tensor, side: int) -> Tensor:
              b = torch.to((self).bytes(x, ), 7, False, False, None)
              y = torch._upsample_bicubic2d_aa(b, [side, side], False, None, None)
              return (self).centered(torch.to(torch.clamp(y, 0, 255), 6, False, False, None), )
            def ic_gan(self: __torch__.Ops, x: Tensor, side: int, mean: Tensor, std: Tensor) -> Tensor:
              unit = torch.div(torch.add(x, 1), 2)
              y = torch.div(torch.sub(torch.expand(unit, [-1, 3, -1, -1]), mean), std)
              return torch.upsample_bilinear2d(y, [side, side], True, None, None)
          """);

  private final Variant variant;
  private final CovarianceEstimate covariance;
  private final InceptionSplits splits;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of texts
  private final List<String> official;

  FidProtocol(
      Variant variant, CovarianceEstimate covariance, InceptionSplits splits, String... official) {
    this.variant = variant;
    this.covariance = covariance;
    this.splits = splits;
    this.official = List.of(official);
  }

  /** Name on the command line and in results, {@code pytorch-fid}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The network that it is defined for. */
  public Variant variant() {
    return variant;
  }

  /** What the covariance is divided by. */
  public CovarianceEstimate covariance() {
    return covariance;
  }

  /** How its inception score, or that of the same authors, cuts the samples. */
  public InceptionSplits splits() {
    return splits;
  }

  /**
   * Whether a file is the one that it takes its network from.
   *
   * @param sha256 of the file; of most official files its first 8 digits, which end their names,
   *     are all that is published
   */
  public boolean isOfficial(String sha256) {
    return official.stream().anyMatch(sha256::startsWith);
  }

  private static NDArray interpolated(NDArray images) {
    NDManager manager = images.getManager();
    Axis rows = Axis.of((int) images.getShape().get(2));
    Axis columns = Axis.of((int) images.getShape().get(3));
    return OPS.run(
        manager,
        "interpolated",
        images,
        manager.create(columns.lower()),
        manager.create(columns.upper()),
        OwnMemory.of(manager, columns.weight(), new Shape(SIDE)),
        manager.create(rows.lower()),
        manager.create(rows.upper()),
        OwnMemory.of(manager, rows.weight(), new Shape(SIDE, 1)));
  }

  /**
   * Between which source positions each target position lies, in float32 as TensorFlow has it.
   *
   * @param lower the one before it
   * @param upper the one after it, or the last
   * @param weight of the latter
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Axis(long[] lower, long[] upper, float[] weight) {
    static Axis of(int source) {
      Axis axis = new Axis(new long[SIDE], new long[SIDE], new float[SIDE]);
      float scale = (float) source / SIDE;
      for (int i = 0; i < SIDE; i++) {
        float position = i * scale;
        axis.lower[i] = (long) position;
        axis.upper[i] = Math.min(axis.lower[i] + 1, source - 1);
        axis.weight[i] = position - axis.lower[i];
      }
      return axis;
    }
  }
}
