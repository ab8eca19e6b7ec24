"""Writes adam.txt: torch.optim.Adam on fixed gradients. Run: python3 adam.py > adam.txt

One line for each step: the parameters after it. Gradient of parameter i at step t (from 1) is
sin(t * (i + 1)); all parameters start at 0.1 * (i + 1). The learning rate is halved from step 6 on.
"""
import math

import torch

print("# torch", torch.__version__)
p = torch.tensor([0.1 * (i + 1) for i in range(5)], requires_grad=True)
adam = torch.optim.Adam([p], lr=0.01, betas=(0.5, 0.999), eps=1e-6, weight_decay=0.1)
for t in range(1, 11):
    if t == 6:
        adam.param_groups[0]["lr"] = 0.005
    p.grad = torch.tensor([math.sin(t * (i + 1)) for i in range(5)])
    adam.step()
    print(" ".join("%.9g" % v for v in p.tolist()))
