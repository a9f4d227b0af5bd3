"""The account of holdings: lines, what a row changes, where a form leaves a line, what came before.

A line is what a total belongs to: a class of security, held directly or in one way indirectly; in Table II also the
terms of the security (Form 4, General Instructions 3, 4(a)(i) and 4(b)(iii)).
"""
