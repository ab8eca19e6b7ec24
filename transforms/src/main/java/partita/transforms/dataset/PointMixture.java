package partita.transforms.dataset;

import partita.models.synthetic.GaussianMixture;

/** The mixtures that can be ingested, as the self-conditioned GAN paper or its code has them. */
public enum PointMixture {
  /** {@code ring2d} of radius 1, as in the paper. */
  RING_PAPER {
    @Override
    public GaussianMixture gaussians() {
      return GaussianMixture.ring(1);
    }
  },
  /** {@code ring2d} of radius 2, as in the code. */
  RING_CODE {
    @Override
    public GaussianMixture gaussians() {
      return GaussianMixture.ring(2);
    }
  },
  /** {@code grid2d}; paper and code agree. */
  GRID {
    @Override
    public GaussianMixture gaussians() {
      return GaussianMixture.grid();
    }
  };

  /** Means and standard deviation of its modes. */
  public abstract GaussianMixture gaussians();
}
